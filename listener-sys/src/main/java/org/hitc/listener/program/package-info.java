/**
 * The one place of the listener that starts processes: {@link
 * org.hitc.listener.program.ProgramRunner} runs the chain of programs of one job, {@code a && b &&
 * c}, and stops it at the first that does not succeed.
 *
 * <p>A program is started by one {@code posix_spawn}, with its own session, descriptors 0 to 2
 * only, default signals, an environment built from nothing, and no shell. Its output is pumped,
 * never handed on as a descriptor. When it ends, for whatever reason, everything it started is
 * killed, also what left its session: orphans become children of this process, and {@link
 * org.hitc.listener.program.Sweeper} finds them.
 *
 * <p><b>SECURITY.</b> Only an {@link org.hitc.listener.config.Program}, checked when the
 * registration was loaded, can be started; nothing that comes from a user can name one. Arguments
 * and input lines are foreign: they are encoded strictly and measured before the start. What a
 * program prints, and how it behaves (never reading, never ending, flooding, forking), is hostile.
 * It runs as the listener's own user unless the launcher starts it, so {@link
 * org.hitc.listener.program.ProcessSetup} keeps it from tracing the listener.
 */
@NullMarked
package org.hitc.listener.program;

import org.jspecify.annotations.NullMarked;
