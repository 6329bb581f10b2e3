package org.hitc.workflow.extract;

/**
 * One line of a printout.
 *
 * @param page one-based printed page
 * @param line one-based line of that page
 * @param text without its line end, form feed and carriage returns at either end
 */
public record PrintedLine(int page, int line, String text) {}
