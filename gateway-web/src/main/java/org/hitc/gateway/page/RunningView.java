package org.hitc.gateway.page;

import gg.jte.Content;
import org.hitc.channel.Page;

/**
 * The page of a running job.
 *
 * @param page what the listener said of it
 * @param log draws what is printed while it is being drawn
 * @param live how it stands afterwards; only to be asked below the log
 */
public record RunningView(Page.Running page, Content log, Live live) {}
