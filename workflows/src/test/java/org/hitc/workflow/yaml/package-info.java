/** Tests of {@code org.hitc.workflow.yaml}. */
@NullMarked
package org.hitc.workflow.yaml;

import org.jspecify.annotations.NullMarked;
