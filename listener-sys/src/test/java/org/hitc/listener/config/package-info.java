/**
 * Tests of the configuration: what is refused, and where.
 *
 * <p><b>SECURITY.</b> Files here are made unsafe on purpose.
 */
@NullMarked
package org.hitc.listener.config;

import org.jspecify.annotations.NullMarked;
