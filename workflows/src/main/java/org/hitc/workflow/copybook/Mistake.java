package org.hitc.workflow.copybook;

/**
 * What is wrong with a copybook, or not supported.
 *
 * @param line one-based
 * @param column one-based, in characters
 * @param ident name of the kind of problem, such as {@code COPYBOOK_SYNTAX}
 */
public record Mistake(int line, int column, String ident, String text, String cure) {}
