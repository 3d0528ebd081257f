"use strict";
window.result = new Promise((resolve, reject) => {
  const worker = new Worker("classic-worker.js");
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage(location.search, [port2]);
});
