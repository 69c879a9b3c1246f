package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mappers with attributes of their own have status attributes of their own. */
class StatusAttributeTest {

    @ParameterizedTest
    @CsvSource({
        "nylas_grant_id, nylas_grant_status",
        "work_mailbox, work_mailbox_status",
        "nylas_grant_id_2, nylas_grant_id_2_status",
        "grantid, grantid_status",
        "GRANT_ID, GRANT_ID_status"
    })
    void theNameIsDerivedFromThatOfTheGrantId(String attribute, String status) {
        assertThat(StatusAttribute.of(attribute)).isEqualTo(status);
    }
}
