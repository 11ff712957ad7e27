// The field for a drawn signature: the path of the pen, as SVG path data in whole numbers of a 600 by 200 field.
(() => {
  const pad = document.getElementById("pad");
  if (!pad) return;
  const line = pad.querySelector("path");
  const kept = document.getElementById("strokes");
  let path = "";
  let isDown = false;

  const at = (event) => {
    const box = pad.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * 600);
    const y = Math.round(((event.clientY - box.top) / box.height) * 200);
    return `${Math.min(600, Math.max(0, x))} ${Math.min(200, Math.max(0, y))}`;
  };
  const show = () => {
    line.setAttribute("d", path);
    kept.value = path;
  };
  pad.addEventListener("pointerdown", (event) => {
    isDown = true;
    pad.setPointerCapture(event.pointerId);
    path += `M${at(event)}`;
    show();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!isDown || path.length > 19000) return;
    path += `L${at(event)}`;
    show();
  });
  for (const name of ["pointerup", "pointercancel"]) pad.addEventListener(name, () => { isDown = false; });
  document.getElementById("pad-clear").addEventListener("click", () => { path = ""; show(); });
})();
