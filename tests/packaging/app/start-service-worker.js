"use strict";
window.result = navigator.serviceWorker
  .register("classic-worker.js")
  .then(() => navigator.serviceWorker.ready)
  .then(({ active }) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    active.postMessage(location.search, [port2]);
  }));
