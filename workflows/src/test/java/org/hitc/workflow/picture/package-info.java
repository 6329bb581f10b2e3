/** Tests of {@code org.hitc.workflow.picture}. */
@NullMarked
package org.hitc.workflow.picture;

import org.jspecify.annotations.NullMarked;
