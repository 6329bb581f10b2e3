/**
 * COBOL pictures: how a number or a text stands in a printed record.
 *
 * <p>A field is read by taking its digits out and printing them again by the same picture: only a
 * field that comes out the same, character for character, has been understood.
 *
 * <p><b>SECURITY.</b> Pictures come from definitions, fields from programs: a field may hold
 * anything, is of bounded length, and is refused with its column when it does not fit.
 */
@NullMarked
package org.hitc.workflow.picture;

import org.jspecify.annotations.NullMarked;
