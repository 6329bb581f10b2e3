package org.hitc.listener.visit;

import java.time.Instant;

/**
 * What the store keeps of a visit; its owner in the store is the user.
 *
 * @param workflow name of the workflow
 * @param began when it began
 */
public record StoredVisit(String workflow, Instant began) {}
