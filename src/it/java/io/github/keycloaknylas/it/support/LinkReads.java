package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.StatementLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts how often the links of each user were read from Keycloak's tables since this object was made, as PostgreSQL's
 * log shows it. A test that leaves the users alone meanwhile sees the sweep.
 */
public final class LinkReads {

    // One message of the log: the statement, whose further lines are indented, and its parameters.
    private static final Pattern SELECT = Pattern.compile(
            "LOG: {2}execute [^:]*: (select .*(?:\n\t.*)*)\n.*,DETAIL: {2}parameters: (.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINKS = Pattern.compile("federated_identity|broker_link", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT = Pattern.compile("'([^']*)'");

    private final StatementLog log;
    private final Map<String, Integer> reads = new HashMap<>();
    private long position;

    private LinkReads(StatementLog log) {
        this.log = log;
        this.position = log.end();
    }

    public static LinkReads since(StatementLog log) {
        return new LinkReads(log);
    }

    /** How often the links of the one among these users were read whose links were read least. */
    public synchronized int fewest(Collection<String> userIds) {
        readOn();
        return userIds.stream()
                .mapToInt(userId -> reads.getOrDefault(userId, 0))
                .min()
                .orElseThrow();
    }

    private void readOn() {
        long end = log.end();
        String added = log.since(position);
        position = end;
        Matcher selects = SELECT.matcher(added);
        while (selects.find()) {
            if (LINKS.matcher(selects.group(1)).find()) {
                TEXT.matcher(selects.group(2)).results().forEach(text -> reads.merge(text.group(1), 1, Integer::sum));
            }
        }
    }
}
