"use strict";
/* Autosave of the status form: nothing typed is lost (TARGETS.md, T1-T6).

   What is typed goes to the browser's own store within a quarter of a second, and to the server
   after a pause, at the latest 2.5 s after the first unsaved stroke. One request at a time. Whatever
   the server answers - logged out, refused, away - the text stays in its field and in the store,
   and is sent again. The store's copy goes when the server has acknowledged it, and at logout. */
(() => {
  const PAUSE = 1200;
  const AT_MOST = 2500;
  const RETRY = 5000;

  /* The store: IndexedDB, because localStorage reaches the disk seconds later. */
  const open = new Promise((resolve, reject) => {
    const request = indexedDB.open("handlingskatalog", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("texts");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const stored = async (mode, run) => {
    const transaction = (await open).transaction("texts", mode, { durability: "strict" });
    const request = run(transaction.objectStore("texts"));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };

  /* A deliberate logout leaves nothing behind; the login page of somebody else cannot read it. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-logout]") || event.target.dataset.emptied) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target;
    form.dataset.emptied = "yes";
    const leave = () => form.requestSubmit();
    stored("readwrite", (texts) => texts.clear()).then(leave, leave);
  }, true);

  const start = async (form) => {
    const { autosave: url, copy: key, login } = form.dataset;
    const note = () => document.getElementById("saved");
    const fields = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "version");
    const text = () => JSON.stringify(fields());
    const version = form.elements.version;

    let acknowledged = text();
    let sending = "";
    let firstUnsaved = 0;
    let timer = 0;
    let storing = 0;
    let stopped = false;
    let leaving = false;

    const dirty = () => text() !== acknowledged;
    const say = (template) => {
      const words = document.getElementById(template);
      if (words) note().replaceChildren(words.content.cloneNode(true));
    };

    const keep = () => {
      storing = 0;
      return stored("readwrite", (texts) => texts.put({ fields: fields(), version: version.value }, key)).catch(() => {});
    };
    const forget = () => {
      clearTimeout(storing);
      storing = 0;
      return stored("readwrite", (texts) => texts.delete(key)).catch(() => {});
    };

    /* After a login in another window the old token is dead; the cookie holds the living one. */
    const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

    const later = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(send, wait);
    };
    const send = () => {
      clearTimeout(timer);
      if (sending || stopped || leaving || !dirty()) return;
      sending = text();
      htmx.ajax("POST", url, { source: form, target: "#saved", swap: "outerHTML", headers: { "X-CSRFToken": token() } }).catch(() => {});
    };

    form.addEventListener("htmx:afterRequest", (event) => {
      const { xhr, requestConfig } = event.detail;
      if (requestConfig.path !== url) return;
      const sent = sending;
      sending = "";
      if (xhr.status === 200) {
        acknowledged = sent;
        version.value = xhr.getResponseHeader("X-Version");
        if (dirty()) later(PAUSE);
        else {
          firstUnsaved = 0;
          forget();
        }
      } else if (xhr.status === 409) {
        /* The server has kept the text as a version of its own, and the note leads to both. */
        stopped = true;
        forget();
      } else {
        say(xhr.status === 401 ? "saved-logged-out" : "saved-not-yet");
        later(RETRY);
      }
    });

    form.addEventListener("input", () => {
      const now = Date.now();
      firstUnsaved ||= now;
      storing ||= setTimeout(keep, 250);
      if (stopped) return;
      if (!note().querySelector("[data-unsaved]")) say("saved-typing");
      later(Math.max(0, Math.min(PAUSE, firstUnsaved + AT_MOST - now)));
    });

    /* The form itself is on its way: an autosave behind it would be refused as old. */
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      leaving = true;
      form.elements.csrfmiddlewaretoken.value = token();
      if (dirty()) keep();
    });
    window.addEventListener("pageshow", () => (leaving = false));
    window.addEventListener("online", send);
    window.addEventListener("focus", send);
    window.addEventListener("pagehide", () => {
      if (!dirty() || stopped || leaving) return;
      keep();
      const body = new FormData(form);
      body.set("csrfmiddlewaretoken", token());
      fetch(url, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true", "X-CSRFToken": token() } }).catch(() => {});
    });

    /* A text that never reached the server: into its fields where nobody has written since; else
       to the server, which keeps it beside what stands there now. */
    const copy = await stored("readonly", (texts) => texts.get(key)).catch(() => null);
    if (!copy) return;
    if (JSON.stringify(copy.fields) === text()) {
      forget();
      return;
    }
    for (const [name, value] of copy.fields) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    version.value = copy.version;
    form.dispatchEvent(new Event("restored", { bubbles: true }));
    say("saved-restored");
    send();
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-autosave]").forEach(start));
})();
