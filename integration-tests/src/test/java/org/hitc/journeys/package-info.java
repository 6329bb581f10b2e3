/** Ways of people through the whole product, over HTTP and in a real browser. */
@NullMarked
package org.hitc.journeys;

import org.jspecify.annotations.NullMarked;
