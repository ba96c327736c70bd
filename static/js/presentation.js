"use strict";
/* The slides one at a time, on the whole screen. Without scripts they are one long page. */
(() => {
  const stage = document.querySelector("[data-slides]");
  const slides = [...stage.querySelectorAll(".slide")];
  const find = (name) => document.querySelector(`[data-slides-${name}]`);
  const [start, help, bar, place, status] = ["start", "help", "bar", "place", "status"].map(find);
  let current = 0;

  const isOn = () => stage.classList.contains("slides--on");

  const show = (number) => {
    current = Math.max(0, Math.min(number, slides.length - 1));
    slides.forEach((slide, index) => (slide.hidden = index !== current));
    const heading = slides[current].querySelector("h1, h2");
    const { word, of } = stage.dataset;
    place.textContent = `${current + 1} / ${slides.length}`;
    status.textContent = `${word} ${current + 1} ${of} ${slides.length}`;
    slides[current].scrollTop = 0;
    heading.focus({ preventScroll: true });
  };

  const open = () => {
    stage.classList.add("slides--on");
    document.body.classList.add("is-presenting");
    bar.hidden = false;
    show(current);
    stage.requestFullscreen?.().catch(() => {}); /* where it is refused, the window is the screen */
  };

  const close = () => {
    if (!isOn()) return;
    stage.classList.remove("slides--on");
    document.body.classList.remove("is-presenting");
    bar.hidden = true;
    slides.forEach((slide) => (slide.hidden = false));
    status.textContent = "";
    /* Nothing outside the full screen takes the focus before it is left. */
    const left = document.fullscreenElement ? document.exitFullscreen() : Promise.resolve();
    left.finally(() => start.focus());
  };

  const keys = {
    ArrowRight: () => show(current + 1),
    PageDown: () => show(current + 1),
    ArrowLeft: () => show(current - 1),
    PageUp: () => show(current - 1),
    Home: () => show(0),
    End: () => show(slides.length - 1),
    Escape: close,
  };

  document.addEventListener("keydown", (event) => {
    const run = keys[event.key];
    if (!isOn() || !run || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    run();
  });

  /* Esc leaves the full screen without telling the page's keys. */
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) close();
  });

  start.hidden = help.hidden = false;
  start.addEventListener("click", open);
  find("end").addEventListener("click", close);
  bar.querySelectorAll("[data-slide]").forEach((button) =>
    button.addEventListener("click", () => show(current + Number(button.dataset.slide))),
  );
})();
