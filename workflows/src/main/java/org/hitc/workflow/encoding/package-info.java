/**
 * Character sets by name: those of today, those of VMS, those of the mainframe.
 *
 * <p><b>SECURITY.</b> Names come from definitions and the sysadmin's files; bytes come from
 * programs and may be anything. Whoever decodes says whether what is not of the set is refused.
 */
@NullMarked
package org.hitc.workflow.encoding;

import org.jspecify.annotations.NullMarked;
