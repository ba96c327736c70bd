"use strict";
/* What the pages add to the design system (dkfds) and htmx. Every page works without it. */
(() => {
  const each = (root, selector, run) => {
    if (root.matches?.(selector)) run(root);
    root.querySelectorAll(selector).forEach(run);
  };

  /* Advice on length, not a limit: dkfds's own counter calls it "tegn for meget". */
  const advice = {
    character_remaining: "{value} tegn tilbage af den anbefalede længde",
    characters_remaining: "{value} tegn tilbage af den anbefalede længde",
    character_too_many: "{value} tegn over den anbefalede længde – du kan godt gemme",
    characters_too_many: "{value} tegn over den anbefalede længde – du kan godt gemme",
  };

  const startOwn = (root) => {
    each(root, ".soft-limit", (element) => {
      const counter = new DKFDS.CharacterLimit(element, advice);
      counter.init();
      counter.silentUpdateMessages();
    });
  };

  /* dkfds: the whole page once; after that only what htmx has put in. Not DKFDS.init({scope}): it
     adds one more "Mere" menu and binds the date picker twice. */
  const startDesignSystem = (root) => {
    each(root, ".accordion, .accordion-bordered", (e) => new DKFDS.Accordion(e).init());
    each(root, ".alert.has-close", (e) => new DKFDS.Alert(e).init());
    each(root, ".js-dropdown", (e) => new DKFDS.Dropdown(e).init());
    each(root, ".tab-container", (e) => new DKFDS.Tabs(e).init());
    each(root, ".tooltip-wrapper", (e) => new DKFDS.Tooltip(e).init());
    each(root, "table[class*=responsive-headers]", (e) => new DKFDS.ResponsiveTable(e));
    each(root, "[data-module=error-summary]", (e) => new DKFDS.ErrorSummary(e).init());
  };

  document.addEventListener("DOMContentLoaded", () => {
    DKFDS.init();
    startOwn(document.body);
  });

  htmx.onLoad((root) => {
    if (root === document.body) return;
    startDesignSystem(root);
    startOwn(root);
  });

  /* A second click sends nothing. The form opens again by itself: after "back", and after a while,
     for an answer that never came or that was a download. */
  const reopen = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[type=submit][aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    /* A form goes to its page's address. Where that names a place on the page, as after the skip
       link, the answer would open there, and take the focus from what it has to say. */
    if (!form.hasAttribute("action") && location.hash && document.querySelector(":target")) {
      form.setAttribute("action", location.pathname + location.search);
    }
    form.dataset.sent = "yes";
    form.querySelectorAll("[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(reopen, 10000, form);
  });

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(reopen));

  /* The status form: a text that the chosen assessment does not ask for steps aside, unless it is
     filled or faulty. */
  const stepAside = (form) => {
    const light = form.querySelector("[name=light]:checked")?.value ?? "";
    const suggested = form.querySelector("[data-suggests]")?.dataset.suggests;
    const progress = form.elements.progress.value.trim();
    each(form, "[data-lights], [data-differs], [data-same-as]", (part) => {
      const { lights, sameAs } = part.dataset;
      const asked = lights
        ? lights.split(" ").includes(light)
        : sameAs === undefined
          ? light && light !== suggested
          : progress && progress === sameAs.trim();
      part.hidden = !asked && !part.querySelector("textarea").value && !part.querySelector(".form-error");
    });
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-status-form]");
    if (form && ["light", "progress"].includes(event.target.name)) stepAside(form);
  });
  document.addEventListener("htmx:oobAfterSwap", () => each(document, "[data-status-form]", stepAside));

  /* Not before "pageshow": a browser that goes back fills in the form after it is loaded. */
  window.addEventListener("pageshow", () => each(document, "[data-status-form]", stepAside));

  /* Two minutes before the session ends, the user is asked whether they are still there. */
  const WARN_BEFORE = 120;
  const warnIn = (dialog, seconds) => setTimeout(() => dialog.showModal(), Math.max(0, seconds - WARN_BEFORE) * 1000);

  document.addEventListener("DOMContentLoaded", () => {
    const dialog = document.getElementById("session-ends");
    if (!dialog) return;
    warnIn(dialog, Number(dialog.dataset.seconds));
    dialog.querySelector("[data-prolong]").addEventListener("click", async () => {
      const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
      const answer = await fetch(dialog.dataset.url, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" } });
      if (answer.ok) {
        dialog.close();
        warnIn(dialog, Number(await answer.text()));
      } else location.reload();
    });
  });

  document.addEventListener("click", (event) => {
    /* <button data-dialog="id"> opens a native dialog; data-close closes the one around it. */
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();

    /* <button data-login="name" data-password="…"> fills in a demo login. */
    const demo = event.target.closest("[data-login]");
    if (demo) {
      document.getElementById("id_login").value = demo.dataset.login;
      document.getElementById("id_password").value = demo.dataset.password;
      document.querySelector("[data-login-submit]").focus();
    }
  });
})();
