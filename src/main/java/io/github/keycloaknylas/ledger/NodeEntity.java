package io.github.keycloaknylas.ledger;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A node of the cluster and its settings. Written by the node itself; contains no secret. */
@Entity
@Table(name = "NYLAS_NODE")
public class NodeEntity {

    @Id
    @Column(name = "NODE_ID", length = 36)
    private String id;

    @Column(name = "VERSION", length = 255, nullable = false)
    @Convert(converter = EscapedText.class)
    private String version;

    @Column(name = "SETTINGS", length = Integer.MAX_VALUE, nullable = false)
    @Convert(converter = EscapedText.class)
    private String settings;

    @Embedded
    @AttributeOverride(name = "text", column = @Column(name = "SEALED_PROOF", length = 4000))
    private SealedSecret proof;

    @Column(name = "SEEN_AT", nullable = false)
    private long seenAt;

    protected NodeEntity() {}

    NodeEntity(String id) {
        this.id = id;
    }

    /**
     * Stores what the node runs with now.
     *
     * @param newVersion of the extension
     * @param newSettings name of an option to its value
     * @param newProof sealed with the node's active key; null without one
     * @param now in milliseconds since the epoch
     */
    void seen(String newVersion, Map<String, String> newSettings, SealedSecret newProof, long now) {
        version = newVersion;
        settings = newSettings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace('\n', ' '))
                .sorted()
                .collect(Collectors.joining("\n"));
        proof = newProof;
        seenAt = now;
    }

    /** The primary key, a UUID for each start of a node. */
    public String id() {
        return id;
    }

    /** Version and checksum of the extension. */
    public String version() {
        return version;
    }

    /** The options that all nodes have to share: name to value. */
    public Map<String, String> settings() {
        Map<String, String> all = new TreeMap<>();
        settings.lines()
                .filter(line -> line.contains("="))
                .forEach(line -> all.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return all;
    }

    /** A text that the node's active seal key opens; empty if the node has no such key. */
    public Optional<SealedSecret> proof() {
        return Optional.ofNullable(proof);
    }
}
