package org.hitc.channel;

/**
 * Where a page of a visit is found: {@code /w/workflow/visit/page}. Holds no secret.
 *
 * @param workflow name of the workflow
 * @param visit id of the visit
 * @param page id of the page within the visit
 */
public record PageAddress(String workflow, String visit, String page) {}
