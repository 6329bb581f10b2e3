/** Tests of {@code org.hitc.workflow.encoding}. */
@NullMarked
package org.hitc.workflow.encoding;

import org.jspecify.annotations.NullMarked;
