/**
 * What {@code hitc i18n check} says of messages: rules {@link org.hitc.i18n.Rule}, from {@link
 * org.hitc.i18n.check.BundleCheck}. Pure: files in as bytes, findings out.
 *
 * <p>What the loader refuses is not looked for again: its problems become findings under the rule
 * that they carry. The rest of the rules stand here, each in the class of its topic.
 */
@NullMarked
package org.hitc.i18n.check;

import org.jspecify.annotations.NullMarked;
