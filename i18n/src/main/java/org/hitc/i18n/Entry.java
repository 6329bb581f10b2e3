package org.hitc.i18n;

/**
 * A message as its file has it.
 *
 * @param key such as {@code refusal.busy}
 * @param value the ICU MessageFormat pattern
 * @param line the line of the key, from 1
 * @param metadata what the comment above it says
 */
record Entry(String key, String value, int line, Metadata metadata) {}
