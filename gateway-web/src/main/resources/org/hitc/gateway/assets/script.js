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

  document.querySelectorAll('[data-print]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  });

  const log = document.getElementById('log');
  if (log) {
    follow(log);
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
