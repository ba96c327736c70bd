"use strict";
/* Autosave of the status form: nothing typed is lost (TARGETS.md, T1-T6).

   What is typed goes to the browser's own store at every stroke, and to the server
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

  /* What each form has to say before a logout: words the server has not got yet. */
  const lastWords = [];

  /* A deliberate logout leaves nothing behind; the login page of somebody else cannot read it. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-logout]") || event.target.dataset.emptied) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target;
    form.dataset.emptied = "yes";
    const leave = () => form.requestSubmit();
    Promise.allSettled(lastWords.map((send) => send())).then(() => stored("readwrite", (texts) => texts.clear())).then(leave, leave);
  }, true);

  const start = async (form) => {
    const { autosave: url, copy: key } = form.dataset;
    const note = () => document.getElementById("saved");
    const fields = (of = form) => [...new FormData(of)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "version");
    const text = () => JSON.stringify(fields());
    /* The server drops white space at the ends. */
    const bare = (rows) => JSON.stringify(rows.map(([name, value]) => [name, value.replace(/\r\n/g, "\n").trim()]));
    const isSame = (one, other) => bare(one) === bare(other);
    const version = form.elements.version;

    let acknowledged = text();
    let sending = "";
    let unanswered = ""; // sent, and nobody knows whether it is saved
    let firstUnsaved = 0;
    let timer = 0;
    let storing = ""; // or "once", or "again"
    let stopped = false;
    let leaving = false;

    const dirty = () => text() !== acknowledged;
    const say = (template) => {
      const words = document.getElementById(template);
      if (words) note().replaceChildren(words.content.cloneNode(true));
    };

    const keep = () =>
      stored("readwrite", (texts) => texts.put({ fields: fields(), version: version.value, sent: sending || unanswered }, key)).catch(() => {});
    /* At every stroke, but one write at a time. */
    const keepSoon = async () => {
      if (storing) {
        storing = "again";
        return;
      }
      do {
        storing = "once";
        await keep();
      } while (storing === "again");
      storing = "";
    };
    const forget = () => {
      if (storing) storing = "once";
      return stored("readwrite", (texts) => texts.delete(key)).catch(() => {});
    };

    /* After a login in another window the old token is dead; the cookie holds the living one. */
    const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

    const later = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(send, wait);
    };
    const send = async () => {
      clearTimeout(timer);
      if (sending || stopped || leaving || !dirty()) return;
      if (unanswered) {
        await settle(unanswered);
        if (sending || stopped || leaving || !dirty()) return;
      }
      unanswered = "";
      firstUnsaved = 0;
      sending = text();
      keep();
      form.elements.csrfmiddlewaretoken.value = token(); // Django reads the field before the header
      htmx.ajax("POST", url, { source: form, target: "#saved", swap: "outerHTML", headers: { "X-CSRFToken": token() } }).catch(() => {});
    };

    /* Did the server save it, though its answer was lost? Then what is typed since goes on top. */
    const settle = async (sent) => {
      const answer = await fetch(location.pathname, { signal: AbortSignal.timeout(RETRY) }).catch(() => null);
      const page = new DOMParser().parseFromString(answer?.ok ? await answer.text().catch(() => "") : "", "text/html");
      const now = page.querySelector("[data-autosave]");
      if (!now || !isSame(fields(now), JSON.parse(sent))) return null;
      acknowledged = sent;
      version.value = now.elements.version.value;
      return page;
    };

    /* While a page is left behind: nobody is there to read the answer. */
    const post = (options) => {
      const body = new FormData(form);
      body.set("csrfmiddlewaretoken", token());
      if (sending) body.set("version", Number(version.value) + 1); // behind the one under way
      return fetch(url, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" }, ...options }).catch(() => {});
    };
    lastWords.push(async () => {
      if (sending) await new Promise((resolve) => form.addEventListener("htmx:afterRequest", resolve, { once: true }));
      clearTimeout(timer);
      if (storing) storing = "once";
      leaving = true;
      if (dirty() && !stopped) await post({ signal: AbortSignal.timeout(RETRY) });
    });

    form.addEventListener("htmx:afterRequest", (event) => {
      const { xhr, requestConfig } = event.detail;
      if (requestConfig.path !== url) return;
      const sent = sending;
      sending = "";
      if (xhr.status === 200) {
        acknowledged = sent;
        version.value = xhr.getResponseHeader("X-Version");
        if (dirty()) {
          say("saved-typing");
          later(PAUSE);
        } else forget();
      } else if (xhr.status === 409) {
        /* The server has kept the text as a version of its own, and the note leads to both -
           unless it was this same text, sent twice, that got there first. */
        stopped = true;
        settle(sent).then((page) => {
          if (!page) return forget();
          stopped = false;
          note().replaceWith(document.adoptNode(page.getElementById("saved")));
          if (dirty()) later(0);
          else forget();
        });
      } else {
        if (xhr.status === 0 || (xhr.status >= 500 && xhr.status !== 503)) unanswered = sent;
        say(xhr.status === 401 ? "saved-logged-out" : "saved-not-yet");
        later(RETRY);
      }
    });

    form.addEventListener("input", () => {
      const now = Date.now();
      firstUnsaved ||= now;
      keepSoon();
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
      post();
      sending = text();
      keep();
    });

    /* A text that never reached the server: into its fields where nobody has written since; else
       to the server, which keeps it beside what stands there now. */
    const copy = await stored("readonly", (texts) => texts.get(key)).catch(() => null);
    if (!copy) return;
    if (isSame(copy.fields, fields())) {
      forget();
      return;
    }
    const onTop = copy.sent && isSame(JSON.parse(copy.sent), fields());
    for (const [name, value] of copy.fields) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    if (!onTop) version.value = copy.version;
    form.dispatchEvent(new Event("restored", { bubbles: true }));
    say("saved-restored");
    send();
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-autosave]").forEach(start));
})();
