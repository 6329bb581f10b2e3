/**
 * Jobs: one execution of a sequence of programs, with a reference, a record in the store, a record
 * in the audit log and at most one outcome.
 *
 * <p><b>SECURITY.</b> It believes the engine about what is to run and the registration about how; a
 * program's output is bytes and nothing more.
 */
@NullMarked
package org.hitc.listener.job;

import org.jspecify.annotations.NullMarked;
