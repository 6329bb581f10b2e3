package org.hitc.listener.job;

import java.util.concurrent.CompletableFuture;

/**
 * A job that was accepted. Nobody need wait for it.
 *
 * @param reference such as {@code 7K3P-2M}
 * @param ended completed with its record when it has ended and its outcome was given to the store;
 *     never exceptionally
 */
public record JobHandle(String reference, CompletableFuture<JobRecord> ended) {}
