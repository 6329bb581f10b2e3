/**
 * Messages for other people's tools, and back: PO, XLIFF 1.2 and 2, JSON. What is written is read
 * back as it was, and written again as the same bytes.
 *
 * <p><b>SECURITY.</b> The files come from outside. Size, number and length are bounded before
 * anything is kept; XML has no document type and no entity but the five of XML itself; whatever is
 * not understood is refused with its line, never guessed. What is read here replaces nothing:
 * {@code org.hitc.i18n.sync.Imports} checks it first.
 */
@NullMarked
package org.hitc.i18n.exchange;

import org.jspecify.annotations.NullMarked;
