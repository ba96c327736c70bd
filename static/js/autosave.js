"use strict";
/* Autosave of every text that people write (status, editorial texts, recommendations, answers,
   conclusions): nothing typed is lost.

   What is typed goes to the browser's own store at every stroke, and to the server
   after a pause, at the latest 2.5 s after the first unsaved stroke. One request at a time. Whatever
   the server answers - logged out, refused, away - the text stays in its field and in the store,
   and is sent again. The store's copy goes when the server has acknowledged it, and at logout.
   Every save has a name and carries those of the page's earlier ones (actions/writing/saves.py), so that
   lost answers and requests that overtake each other are no conflict with oneself. */
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
    transaction.commit(); // a page that is left is not there to do it later
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };

  /* A text that a form has brought to the server, as the page that follows says. */
  const forgetSaved = async () => {
    for (const { dataset } of document.querySelectorAll("[data-saved]")) {
      const [key, name] = dataset.saved.split(" ");
      const copy = await stored("readonly", (texts) => texts.get(key)).catch(() => null);
      if (copy?.saves.includes(name)) await stored("readwrite", (texts) => texts.delete(key)).catch(() => {});
    }
  };

  const newName = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join("-");

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
    const own = ["csrfmiddlewaretoken", "revision", "saves"];
    const fields = (of = form) => [...new FormData(of)].filter(([name]) => !own.includes(name));
    const served = () => {
      const copy = form.cloneNode(true);
      copy.reset();
      return fields(copy);
    };
    const text = () => JSON.stringify(fields());
    /* The server drops white space at the ends. */
    const bare = (rows) => JSON.stringify(rows.map(([name, value]) => [name, value.replace(/\r\n/g, "\n").trim()]));
    const revision = form.elements.revision;

    /* On the way back a browser would put back what the fields held, on top of what somebody else
       may have written since. What was never saved is in our own copy. */
    form.autocomplete = "off";
    revision.value = form.dataset.revision;

    let acknowledged = JSON.stringify(served());
    let sending = "";
    let next = newName(); // the name of the save to come
    let sent = []; // the names of those before, the last one first
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
      stored("readwrite", (texts) => texts.put({ fields: fields(), revision: revision.value, saves: [next, ...sent] }, key)).catch(() => {});
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
    /* Names the save that the form now holds. Django reads the token's field before the header. */
    const sign = () => {
      sent = [next, ...sent].slice(0, 20);
      next = newName();
      form.elements.saves.value = sent.join(" ");
      form.elements.csrfmiddlewaretoken.value = token();
    };
    const send = () => {
      clearTimeout(timer);
      if (sending || stopped || leaving || !dirty()) return;
      firstUnsaved = 0;
      sending = text();
      sign();
      keep();
      htmx.ajax("POST", url, { source: form, target: "#saved", swap: "outerHTML", headers: { "X-CSRFToken": token() } }).catch(() => {});
    };

    /* While a page is left behind: nobody is there to read the answer. */
    const post = (options) => {
      sign();
      return fetch(url, { method: "POST", body: new FormData(form), keepalive: true, headers: { "HX-Request": "true" }, ...options }).catch(() => {});
    };
    lastWords.push(async () => {
      clearTimeout(timer);
      if (storing) storing = "once";
      leaving = true;
      if (dirty() && !stopped) await post({ signal: AbortSignal.timeout(RETRY) });
    });

    form.addEventListener("htmx:afterRequest", (event) => {
      const { xhr, requestConfig } = event.detail;
      if (requestConfig.path !== url) return;
      const done = sending;
      sending = "";
      if (xhr.status === 200) {
        acknowledged = done;
        revision.value = xhr.getResponseHeader("X-Revision");
        if (dirty()) {
          say("saved-typing");
          later(PAUSE);
        } else forget();
      } else if (xhr.status === 409) {
        /* The server has archived the text, and the note leads to both texts. */
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
      keepSoon();
      if (stopped) return;
      if (!note().querySelector("[data-unsaved]")) say("saved-typing");
      later(Math.max(0, Math.min(PAUSE, firstUnsaved + AT_MOST - now)));
    });

    /* The form itself is on its way, and is the last of the page's saves. */
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      leaving = true;
      sign();
      if (dirty()) keep();
    });
    window.addEventListener("pageshow", (event) => {
      leaving = false;
      if (!event.persisted) return;
      sending = ""; // its answer never comes to a page that was put aside
      send();
    });
    window.addEventListener("online", send);
    window.addEventListener("focus", send);
    window.addEventListener("pagehide", () => {
      if (!dirty() || stopped || leaving) return;
      post();
      sending = text();
      keep();
    });

    /* A text that never reached the server: into its fields, and on its way again. Where somebody
       else has written since, the server keeps it beside what stands there now. */
    const copy = await stored("readonly", (texts) => texts.get(key)).catch(() => null);
    if (!copy) {
      if (dirty()) later(PAUSE); // typed before this script was here
      return;
    }
    if (bare(copy.fields) === bare(fields()) || form.dataset.saves.split(" ").includes(copy.saves[0])) {
      forget();
      return;
    }
    for (const [name, value] of copy.fields) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    revision.value = copy.revision ?? copy.version; // a copy of the release before has the latter
    sent = copy.saves.slice(1);
    form.dispatchEvent(new Event("restored", { bubbles: true }));
    say("saved-restored");
    send();
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-autosave]").forEach(start);
    forgetSaved();
  });
})();
