package org.hitc.listener.program;

import java.time.Duration;
import org.hitc.listener.config.Program;

/**
 * What became of one program of a job.
 *
 * @param succeeded it exited with a code that lets the chain go on
 * @param outputBytes how much it printed on stdout
 * @param stderr the first 64 KiB of what it printed there
 * @param took from its start to its end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProgramResult(
    Program program,
    ProgramEnd end,
    boolean succeeded,
    long outputBytes,
    byte[] stderr,
    Duration took) {}
