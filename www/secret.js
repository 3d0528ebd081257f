// The secret that an authenticator application takes over: as a QR code, and as text for those without a camera.

import { encode } from "uqr";

const SVG = "http://www.w3.org/2000/svg";

/** Shows a secret in the places that `view` has for it. */
export function showSecret(view, username, secret) {
  const uri = `otpauth://totp/${encodeURIComponent(`Local pool:${username}`)}?secret=${secret}&issuer=Local%20pool`;
  view.querySelector("[data-qr]").replaceChildren(qrCode(uri));
  view.querySelector("[data-secret]").textContent = secret;
}

/** A QR code of a text, one unit a module. */
function qrCode(text) {
  const { data, size } = encode(text, { border: 2 });
  const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "QR code of the secret below");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", squares.join(""));
  svg.append(path);
  return svg;
}
