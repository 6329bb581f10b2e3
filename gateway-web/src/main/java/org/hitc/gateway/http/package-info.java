/**
 * The web server: what comes in over HTTP, within which limits, and what goes out.
 *
 * <p>{@link org.hitc.gateway.http.Route} is the list of all URLs, {@code Gate} what is refused
 * before anything looks at a request, {@code SecurityHeaders} what every response carries, {@code
 * FrontServlet} the way of a request through the hole and back.
 *
 * <p><b>SECURITY.</b> Everything here reads bytes from anybody. Nothing a browser sends is believed
 * beyond its shape; who may do what is decided on the other side of the hole. Forwarded headers are
 * read only when the peer is the configured proxy. A reply of the hole is believed once it is
 * complete.
 */
@NullMarked
package org.hitc.gateway.http;

import org.jspecify.annotations.NullMarked;
