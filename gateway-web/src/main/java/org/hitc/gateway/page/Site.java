package org.hitc.gateway.page;

/**
 * What is the same on every screen.
 *
 * @param service name of the service, in the header and in every title
 * @param support whom to ask, one line; empty when the operator gave none
 * @param version version of the product
 * @param stylesheet address of the style sheet
 * @param icon address of the icon
 * @param script address of the script; every page works without it
 */
public record Site(
    String service,
    String support,
    String version,
    String stylesheet,
    String icon,
    String script) {}
