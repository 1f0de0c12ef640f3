package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.Revision;
import java.util.Optional;

/**
 * What the machines of a service shall be, and all that is known of them.
 *
 * @param back the revision to return to, when the wanted one failed
 */
record Wish(
    TaskServInput input, Remembered remembered, Resolution resolution, Optional<Revision> back) {}
