// Comfort only: every page works without this file.
'use strict';
(() => {
  // A form is sent once, however often its button is pressed.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    if (form.action.endsWith('/logout')) {
      sessionStorage.setItem('out', 'yes');
    }
    form.querySelectorAll('button').forEach((button) => button.setAttribute('aria-disabled', 'true'));
  });

  // Back to a page that the browser kept as it was: its forms can be sent again.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) {
      return;
    }
    document.querySelectorAll('form').forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll('button').forEach((button) => button.removeAttribute('aria-disabled'));
    });
  });

  // A page that is still coming, as that of a running job, has its header already.
  seek();
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', complete);
  } else {
    complete();
  }

  function seek() {
    const dialog = document.getElementById('session');
    if (dialog) {
      watch(dialog);
    } else if (document.readyState === 'loading') {
      setTimeout(seek, 50);
    }
  }

  function complete() {
    document.querySelectorAll('[data-print]').forEach((button) => {
      button.hidden = false;
      button.addEventListener('click', () => window.print());
    });
    // Not for whoever was led here by a link.
    if (document.querySelector('[data-signed=out]') && sessionStorage.getItem('out')) {
      sessionStorage.removeItem('out');
      new BroadcastChannel('hitc-session').postMessage('out');
    }
    const log = document.getElementById('log');
    if (log) {
      follow(log);
    }
  }

  // The session: warns before it ends, and gives away what was typed when it has ended. All pages
  // of a browser share one clock: what one of them learns, all know.
  function watch(dialog) {
    const OUT = 'out'; // It has ended, and what was typed can be kept.
    const GONE = 'gone'; // It has ended some time ago.
    const AGAIN = 5000;
    const SELDOM = 15000;
    const part = (name) => document.getElementById('session-' + name);
    const tabs = new BroadcastChannel('hitc-session');
    let left = Number(dialog.dataset.left);
    const warn = Math.min(120, left / 2);
    // One clock stands still while the computer sleeps, the other can be set: the later one counts.
    let ticks = 0;
    let wall = Date.now() - performance.now();
    let timer = 0;
    let busy = false;
    let leaving = false;

    tabs.onmessage = ({ data }) => {
      if (data === OUT) {
        location.replace('/login?out=1');
      } else if (data > now()) {
        set(data);
      }
    };
    part('stay').addEventListener('click', stay);
    part('link').addEventListener('click', (event) => {
      event.preventDefault();
      stay();
    });
    dialog.addEventListener('cancel', stay); // Escape
    document.addEventListener('visibilitychange', tick);
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) {
        leaving = false;
        learn('HEAD');
      }
    });
    tabs.postMessage(now());
    tick();

    function now() {
      return left - Math.max(performance.now() - ticks, Date.now() - wall) / 1000;
    }

    function set(seconds) {
      left = seconds;
      ticks = performance.now();
      wall = Date.now();
      if (seconds > warn) {
        dialog.close();
      }
      later();
    }

    function later() {
      clearTimeout(timer);
      const wait = dialog.open ? 1000 : Math.max(50, Math.min(SELDOM, (now() - warn) * 1000));
      timer = setTimeout(tick, wait);
    }

    // What this page believes is not enough: the session may have been used elsewhere.
    function tick() {
      if (busy || leaving) {
        return;
      }
      const open = dialog.open;
      if (now() <= (open ? 0 : warn)) {
        learn('HEAD');
      } else {
        if (open) {
          count();
        }
        later();
      }
    }

    function stay() {
      learn('POST');
    }

    async function learn(method) {
      busy = true;
      const known = await ask(method);
      busy = false;
      if (known === OUT || known === GONE) {
        leave(known);
        return;
      }
      if (known !== null) {
        set(known);
        tabs.postMessage(known);
      }
      if (now() <= warn && !dialog.open) {
        warned();
      }
      if (now() <= 0) {
        say(part('steps').querySelector('[data-at="0"]'));
        clearTimeout(timer);
        timer = setTimeout(tick, AGAIN);
      } else {
        tick();
      }
    }

    // Seconds that are left, or that it has ended; nothing when nobody answers.
    async function ask(method) {
      try {
        const body = method === 'POST' ? new URLSearchParams() : undefined;
        const response = await fetch('/session', { method, body });
        const seconds = response.headers.get('Hitc-Left');
        if (seconds !== null) {
          part('until').textContent = decodeURIComponent(response.headers.get('Hitc-Until'));
          return Number(seconds);
        }
        if (response.ok || response.status === 401) {
          return response.headers.get('Hitc-Keeps') ? OUT : method === 'POST' ? ask('HEAD') : GONE;
        }
      } catch {
        // No network: it may come back.
      }
      return null;
    }

    function warned() {
      part('choice').hidden = false;
      part('kept').hidden = false;
      part('out').hidden = true;
      count();
      dialog.showModal();
      part('words').focus();
    }

    function count() {
      say([...part('steps').children].filter((step) => step.dataset.at >= now()).pop());
    }

    function say(step) {
      if (step && part('words').textContent !== step.textContent) {
        part('words').replaceChildren(...[...step.childNodes].map((node) => node.cloneNode(true)));
      }
    }

    // Nothing is done with what was typed: it is sent to be kept.
    function leave(known) {
      const form = [...document.querySelectorAll('form[data-keep]')].find(typed);
      if (form && known === GONE) {
        if (!dialog.open) {
          warned();
        }
        part('choice').hidden = true;
        part('kept').hidden = true;
        part('out').hidden = false;
        say(part('steps').querySelector('[data-at=out]'));
        return;
      }
      leaving = true;
      if (form) {
        form.querySelectorAll('[type=password], [type=file]').forEach((field) => { field.disabled = true; });
        form.action = form.dataset.keep;
        form.submit();
      } else {
        location.replace(location.pathname + location.search);
      }
    }

    function typed(form) {
      return form.dataset.typed === 'yes' || [...form.elements].some((field) => {
        if (field.type === 'radio' || field.type === 'checkbox') {
          return field.checked !== field.defaultChecked;
        }
        if (field.options) {
          const first = [...field.options].findIndex((option) => option.defaultSelected);
          return field.selectedIndex !== Math.max(0, first);
        }
        return field.type !== 'hidden' && field.value !== (field.defaultValue || '');
      });
    }
  }

  // The page of a running job: goes on where the page itself stopped following.
  function follow(log) {
    const SOON = 1000;
    const LATER = 5000;
    const MOST_SHOWN = 1000000;
    const status = document.getElementById('status');
    const ending = document.getElementById('ending');
    const ended = document.getElementById('ended');
    const decoder = new TextDecoder();
    let next = Number(ending.dataset.next);
    let wait = SOON;
    let moved = Boolean(document.activeElement) && document.activeElement !== document.body;
    document.addEventListener('focusin', () => { moved = true; });

    if (ending.dataset.ended === 'yes') {
      end();
    } else {
      setTimeout(look, SOON);
    }

    async function look() {
      try {
        const response = await fetch(log.dataset.job + '/output?from=' + next, { redirect: 'manual' });
        if (response.ok) {
          take(response, await response.arrayBuffer());
        } else if (response.status !== 503) {
          return; // Signed out, or no such job: the links on the page say more.
        } else {
          wait = LATER;
        }
      } catch {
        wait = LATER; // No network: it may come back.
      }
      if (ended.hidden) {
        setTimeout(look, wait);
      }
    }

    function take(response, bytes) {
      const text = decoder.decode(bytes, { stream: true });
      const words = decodeURIComponent(response.headers.get('Hitc-Words') || '');
      const state = response.headers.get('Hitc-State');
      wait = text ? SOON : Math.min(wait * 1.5, LATER);
      next = Number(response.headers.get('Hitc-Next')) || next;
      append(text);
      if (words && words !== status.textContent) {
        status.textContent = words;
      }
      if (state !== 'running' && state !== 'waiting') {
        end();
      }
    }

    function append(text) {
      if (!text) {
        return;
      }
      const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 4;
      log.append(text);
      if (log.textContent.length > MOST_SHOWN) {
        log.textContent = log.textContent.slice(-MOST_SHOWN / 2);
      }
      if (atEnd) {
        log.scrollTop = log.scrollHeight;
      }
    }

    // Who has begun to use the page is not taken away from it.
    function end() {
      ending.hidden = true;
      ended.hidden = false;
      if (!moved) {
        location.replace(log.dataset.job);
      }
    }
  }
})();
