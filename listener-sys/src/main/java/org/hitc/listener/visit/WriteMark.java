package org.hitc.listener.visit;

import java.time.Instant;

/**
 * Says that the writing step of a visit has been taken: the first who makes it wins.
 *
 * @param page id of the page whose button was pressed
 * @param job reference of the job that does it
 * @param at when
 */
public record WriteMark(String page, String job, Instant at) {}
