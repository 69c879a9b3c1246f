package io.github.keycloaknylas.ledger;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A webhook that was registered at Nylas for a connection. One for each connection. */
@Entity
@Table(name = "NYLAS_WEBHOOK")
public class WebhookEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "CONNECTION_HASH", length = 64, nullable = false, updatable = false)
    private String connectionHash;

    @Column(name = "REALM_ID", length = 255, nullable = false, updatable = false)
    private String realmId;

    @Column(name = "CONNECTION_NAME", length = 600, nullable = false, updatable = false)
    @Convert(converter = EscapedText.class)
    private String connection;

    @Column(name = "API_URL", length = 2000, nullable = false)
    @Convert(converter = EscapedText.class)
    private String apiUrl;

    @Column(name = "APPLICATION_ID", length = 255)
    private String application;

    @Column(name = "NYLAS_ID", length = 255)
    private String nylasId;

    @Column(name = "URL", length = 2000)
    @Convert(converter = EscapedText.class)
    private String url;

    @Column(name = "STATE", length = 32, nullable = false)
    private String state;

    @Embedded
    private SealedSecret secret;

    @Embedded
    @AttributeOverride(name = "text", column = @Column(name = "PREVIOUS_SECRET", length = 4000))
    @AttributeOverride(name = "keyId", column = @Column(name = "PREVIOUS_KEY_ID", length = 255))
    private SealedSecret previous;

    @Column(name = "PREVIOUS_UNTIL")
    private Long previousUntil;

    @Column(name = "CHANGE_TOKEN", length = 36)
    private String changeToken;

    @Column(name = "CHANGE_AT")
    private Long changeAt;

    @Column(name = "CREATED_AT", nullable = false, updatable = false)
    private long createdAt;

    @Column(name = "UPDATED_AT", nullable = false)
    private long updatedAt;

    protected WebhookEntity() {}

    WebhookEntity(String id, WebhookOwner owner, long now) {
        this.id = id;
        this.connectionHash = owner.hash();
        this.realmId = owner.realmId();
        this.connection = owner.connection();
        this.apiUrl = owner.apiUrl();
        this.state = WebhookState.PENDING.name();
        this.createdAt = now;
        this.updatedAt = now;
    }

    /**
     * Stores what Nylas answered when it made the webhook.
     *
     * @param newApiUrl base URL of the API that was called
     * @param applicationId ID of the Nylas application
     * @param newNylasId Nylas' ID of the webhook
     * @param newUrl address that Nylas sends to
     */
    public void registered(String newApiUrl, String applicationId, String newNylasId, String newUrl) {
        apiUrl = newApiUrl;
        application = applicationId;
        nylasId = newNylasId;
        url = newUrl;
    }

    /**
     * Stores a new secret. The one before is accepted for a while, since Nylas may still deliver what it signed before.
     *
     * @param newSecret sealed
     * @param acceptUntil until when the secret before is accepted, in milliseconds since the epoch
     */
    public void rotated(SealedSecret newSecret, long acceptUntil) {
        previous = secret;
        previousUntil = secret == null ? null : acceptUntil;
        secret = newSecret;
    }

    /**
     * Ends a change, whether or not it brought a new secret.
     *
     * @param now in milliseconds since the epoch
     */
    public void settled(long now) {
        state = (secret == null ? WebhookState.PENDING : WebhookState.ACTIVE).name();
        changeToken = null;
        changeAt = null;
        updatedAt = now;
    }

    void brokenOff() {
        changeToken = null;
        changeAt = null;
    }

    boolean isChangedBy(String token) {
        return token.equals(changeToken);
    }

    /** The primary key, a UUID; part of the address. */
    public String id() {
        return id;
    }

    /** The realm in the address. */
    public String realmId() {
        return realmId;
    }

    /** Name of the connection. */
    public String connection() {
        return connection;
    }

    /** Base URL of the API. */
    public String apiUrl() {
        return apiUrl;
    }

    /** ID of the Nylas application, once it is registered. */
    public Optional<String> application() {
        return Optional.ofNullable(application);
    }

    /** Nylas' ID of the webhook, once it is registered. */
    public Optional<String> nylasId() {
        return Optional.ofNullable(nylasId);
    }

    /** The address that Nylas sends to, once it is registered. */
    public Optional<String> url() {
        return Optional.ofNullable(url);
    }

    /** The state; empty if a newer version of the extension wrote one that is unknown to this version. */
    public Optional<WebhookState> state() {
        return WebhookState.of(state);
    }

    /** The secret that Nylas signs with as far as is known. */
    public Optional<SealedSecret> secret() {
        return Optional.ofNullable(secret);
    }

    /**
     * The secrets whose signature is accepted, the newest first.
     *
     * @param now in milliseconds since the epoch
     */
    public List<SealedSecret> secrets(long now) {
        boolean both = previousUntil != null && now < previousUntil;
        return Stream.of(secret(), both ? Optional.ofNullable(previous) : Optional.<SealedSecret>empty())
                .flatMap(Optional::stream)
                .toList();
    }

    /** When it was last changed, in milliseconds since the epoch. */
    public long updatedAt() {
        return updatedAt;
    }
}
