/**
 * Record layouts in COBOL: a copybook becomes fields with positions and pictures.
 *
 * <p>Understood: one 01 record (or the fields of one), groups, PICTURE, FILLER, OCCURS with a fixed
 * count, SIGN, BLANK WHEN ZERO, usage DISPLAY; fixed, terminal (VMS) and free source format. VALUE
 * and 88 levels say nothing about the layout and are read over. All else is refused with its place:
 * a layout that is only almost understood would shift every field behind it.
 *
 * <p><b>SECURITY.</b> Copybooks belong to the system side, as definitions do; their size, the
 * number of their fields and the width of their record are bounded.
 */
@NullMarked
package org.hitc.workflow.copybook;

import org.jspecify.annotations.NullMarked;
