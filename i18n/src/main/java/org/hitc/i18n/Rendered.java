package org.hitc.i18n;

/**
 * Words ready to be shown.
 *
 * @param value plain text, never markup
 * @param language BCP 47 tag of the language they are in: that of the {@link Catalogue}, or of what
 *     it fell back to, which then belongs into the {@code lang} attribute of the element
 */
public record Rendered(String value, String language) {}
