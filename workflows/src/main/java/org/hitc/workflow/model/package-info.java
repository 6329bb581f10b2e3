/**
 * The definition of a workflow: what a definition file says, as records that check and copy.
 *
 * <p>These are the classes of the whole language. What a version cannot run yet is refused when the
 * file is loaded, by name, and never ignored.
 *
 * <p><b>SECURITY.</b> A definition comes from a file of the system side and is believed once it has
 * been loaded. It holds no value of a user: what users type lives in {@code
 * org.hitc.workflow.engine}. A program is named here and nowhere described; only the sysadmin's
 * registration says what a name starts.
 */
@NullMarked
package org.hitc.workflow.model;

import org.jspecify.annotations.NullMarked;
