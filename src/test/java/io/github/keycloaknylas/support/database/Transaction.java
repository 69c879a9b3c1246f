package io.github.keycloaknylas.support.database;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One transaction as PostgreSQL's log shows it.
 *
 * @param ended when its last statement, mostly the COMMIT, began
 * @param statements without BEGIN, COMMIT and their like, in order
 */
public record Transaction(Instant ended, List<String> statements) {

    private static final Pattern ENTRY = Pattern.compile(
            "^(\\S+ \\S+ \\S+),(\\d+),([^,]*),LOG: {2}(?:statement|execute [^:]*): (.*(?:\n\t.*)*)", Pattern.MULTILINE);
    private static final Pattern CONTROL =
            Pattern.compile("(?i)(begin|start transaction|commit|rollback|set|show)\\b.*");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS z", Locale.ROOT);

    /** Whether any of its statements names this text, ignoring case. */
    public boolean mentions(String text) {
        return statements.stream()
                .anyMatch(sql -> sql.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    /** Those of one database, in the order in which they ended; a statement outside of any is one of its own. */
    static List<Transaction> all(String log, String database) {
        List<Transaction> transactions = new ArrayList<>();
        Map<String, List<String>> open = new LinkedHashMap<>();
        Instant time = Instant.EPOCH;
        Matcher entries = ENTRY.matcher(log);
        while (entries.find()) {
            MatchResult entry = entries.toMatchResult();
            if (!entry.group(3).equals(database)) {
                continue;
            }
            time = ZonedDateTime.parse(entry.group(1), TIME).toInstant();
            String process = entry.group(2);
            String sql = entry.group(4).replace("\n\t", "\n");
            String word = sql.toLowerCase(Locale.ROOT);
            if (word.startsWith("begin")) {
                open.put(process, new ArrayList<>());
            } else if (word.startsWith("commit") || word.startsWith("rollback") && !word.contains(" to ")) {
                transactions.add(new Transaction(time, open.containsKey(process) ? open.remove(process) : List.of()));
            } else if (!CONTROL.matcher(sql).matches()) {
                add(transactions, open.get(process), time, sql);
            }
        }
        for (List<String> unfinished : open.values()) {
            transactions.add(new Transaction(time, unfinished));
        }
        return transactions;
    }

    private static void add(List<Transaction> transactions, List<String> open, Instant time, String sql) {
        if (open == null) {
            transactions.add(new Transaction(time, List.of(sql)));
        } else {
            open.add(sql);
        }
    }
}
