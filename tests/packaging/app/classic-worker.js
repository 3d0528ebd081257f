"use strict";
importScripts("amazon-cognito-identity.min.js", "classic-page.js");

// A worker has no localStorage: the default storage is then the memory.
self.onmessage = async ({ data, ports: [port] }) => port.postMessage(await signIn(data));
