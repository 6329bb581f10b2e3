/**
 * Views of the engine become pages in a user's language: words are looked up, numbers and times are
 * formatted, handles stay handles.
 *
 * <p><b>SECURITY.</b> What a program printed passes through here as text and stays text; whether it
 * is safe in HTML is for the gateway's templates, which escape all of it.
 */
@NullMarked
package org.hitc.listener.page;

import org.jspecify.annotations.NullMarked;
