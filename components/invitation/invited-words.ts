import type { InvitationTerms } from "@/lib/programs/invitation";

/** Who invited somebody, as far as it is told. */
export const invitedBy = (firstName: string | null): string =>
  firstName === null ? "You were invited" : `${firstName} invited you`;

/** The same, with what for: "Ravi invited you: spend your first $10 and you both get …" */
export const invitedTo = (firstName: string | null, { offer }: InvitationTerms): string =>
  `${invitedBy(firstName)}: ${offer.slice(0, 1).toLowerCase()}${offer.slice(1)}`;

/** Letters that the font on pictures has. */
const latin = /^[A-Za-zÀ-ÖØ-öø-ž'’-]+$/;

/** A name as a picture can show it; null where the picture's font lacks a letter of it. */
export const paintable = (firstName: string | null): string | null =>
  firstName !== null && latin.test(firstName) ? firstName : null;
