"use client";

import { useEffect } from "react";

/** Parts of a page that are a place of their own. */
const PLACES = "li, ul, ol, table, form, section, article, details, main, [tabindex]";

/**
 * Gives the keyboard a place again when what had it is gone, after a form was answered or another page came: the
 * nearest part around it that is still there. Browsers would fall back to the whole document, and say nothing.
 */
export function KeepFocus() {
  useEffect(() => {
    let held: Element | null = null;
    let around: HTMLElement[] = [];

    const remember = ({ target }: FocusEvent) => {
      held = target instanceof Element ? target : null;
      around = placesAround(held);
    };
    // Left on purpose, by a press beside it: what goes then takes no focus along. What goes by itself is gone by then.
    const leave = () =>
      queueMicrotask(() => {
        if (held?.isConnected && document.activeElement === document.body) held = null;
      });
    const restore = () => {
      if (held === null || held.isConnected || document.activeElement !== document.body) return;
      held = null;
      focusOn(around.find((place) => place.isConnected) ?? document.getElementById("content"));
    };

    const observer = new MutationObserver(restore);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", remember);
    document.addEventListener("focusout", leave);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", remember);
      document.removeEventListener("focusout", leave);
    };
  }, []);
  return null;
}

function placesAround(element: Element | null): HTMLElement[] {
  const places: HTMLElement[] = [];
  for (let at = element?.parentElement?.closest(PLACES); at; at = at.parentElement?.closest(PLACES)) {
    if (at instanceof HTMLElement) places.push(at);
  }
  return places;
}

/** What takes no focus by itself takes it this once. */
function focusOn(place: HTMLElement | null): void {
  if (place === null) return;
  if (!place.hasAttribute("tabindex")) {
    place.tabIndex = -1;
    place.addEventListener("blur", () => place.removeAttribute("tabindex"), { once: true });
  }
  place.focus({ preventScroll: true });
}
