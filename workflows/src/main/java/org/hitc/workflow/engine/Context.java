package org.hitc.workflow.engine;

import java.time.LocalDate;
import java.util.function.Supplier;

/**
 * What the listener knows and the engine must not find out by itself.
 *
 * @param user {@code $user}: the name of the signed-in user
 * @param language {@code $language}: BCP 47 tag
 * @param today {@code $today}, as {@code 2026-11-23}
 * @param job {@code $job}: reference of the job that would start now, such as {@code 7K3P-2M}
 * @param handles gives a fresh, unguessable handle (128 random bits) at every call
 * @param input reads the numbers and days of an {@link Event.Submit}, as they were typed; those of
 *     an {@link Event.Start} are in {@link CanonicalForm}, whatever the language
 */
public record Context(
    String user,
    String language,
    LocalDate today,
    String job,
    Supplier<String> handles,
    InputReader input) {}
