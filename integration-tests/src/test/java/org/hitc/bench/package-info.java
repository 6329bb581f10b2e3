/**
 * The benchmarks behind {@code ./hitc bench}: ratios of two things measured in the same run. No
 * test; nothing here runs in the build.
 *
 * <p><b>SECURITY.</b> Runs on a developer's machine only and starts nothing but the product, the
 * floor programs and Apache. Believes what these print.
 */
@NullMarked
package org.hitc.bench;

import org.jspecify.annotations.NullMarked;
