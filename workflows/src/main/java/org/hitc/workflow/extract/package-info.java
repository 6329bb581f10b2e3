/**
 * Extractors: how what a program printed becomes rows and choices.
 *
 * <p>Every line of a report is heading, detail, total or blank; any other line stops the table with
 * its page, line and column. With money, silence is not an option.
 *
 * <p><b>SECURITY.</b> Program output is hostile until it has been read: it is decoded strictly,
 * read once from front to back, with bounded lines, rows and choices; what does not fit is refused
 * whole and never cut.
 */
@NullMarked
package org.hitc.workflow.extract;

import org.jspecify.annotations.NullMarked;
