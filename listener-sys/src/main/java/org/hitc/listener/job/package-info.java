/**
 * Jobs: one execution of programs, in one chain or in several one after the other, with a
 * reference, a record in the store, a record in the audit log and one outcome. A job outlives the
 * request that started it.
 *
 * <p>{@link org.hitc.listener.job.Jobs} accepts, finds and cancels them; {@link
 * org.hitc.listener.job.JobRecords} is their part of the store, {@link
 * org.hitc.listener.job.Executions} their way to the programs, {@link
 * org.hitc.listener.job.Printouts} what the programs printed.
 *
 * <p><b>SECURITY.</b> It believes the engine about what is to run and the registration about how; a
 * program's output is bytes and nothing more.
 */
@NullMarked
package org.hitc.listener.job;

import org.jspecify.annotations.NullMarked;
