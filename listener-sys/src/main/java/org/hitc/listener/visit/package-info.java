/**
 * Visits and their pages as the store keeps them: everything that the next request needs, so that
 * Back, a second tab and a restart find what was shown.
 *
 * <p><b>SECURITY.</b> A page belongs to a visit and a visit to a user; who is not that user gets
 * nothing of it, whatever ids he sends.
 */
@NullMarked
package org.hitc.listener.visit;

import org.jspecify.annotations.NullMarked;
