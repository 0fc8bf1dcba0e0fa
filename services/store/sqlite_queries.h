#ifndef CROSSFOOT_SERVICES_STORE_SQLITE_QUERIES_H_
#define CROSSFOOT_SERVICES_STORE_SQLITE_QUERIES_H_

// What SqliteDocumentStore asks of its tables, which migrations/ make.  Apart from it so that a
// test can see that each has its index.

namespace crossfoot::store {

inline constexpr char kInsertDocument[] = R"(
    INSERT INTO document (id, request_id, uri, size_bytes, sha256, create_time_us, latest_day,
                          reading_options)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT DO NOTHING
    RETURNING number)";
inline constexpr char kInsertContent[] = "INSERT INTO content (document, bytes) VALUES (?1, ?2)";
inline constexpr char kInsertValidation[] =
    "INSERT INTO validation (document, bytes) VALUES (?1, ?2)";
inline constexpr char kSelectName[] = "SELECT number FROM name WHERE text = ?1";
inline constexpr char kInsertName[] = "INSERT INTO name (text) VALUES (?1) RETURNING number";
inline constexpr char kInsertSeries[] = R"(
    INSERT INTO series (indicator, ref_area, document, latest_day) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT DO NOTHING)";

inline constexpr char kNumberById[] = "SELECT number FROM document WHERE id = ?1";
inline constexpr char kNumberByRequestId[] = "SELECT number FROM document WHERE request_id = ?1";
inline constexpr char kSelectDocument[] = R"(
    SELECT id, uri, size_bytes, sha256, create_time_us, latest_day, reading_options,
           validation.bytes
    FROM document JOIN validation ON validation.document = document.number
    WHERE document.number = ?1)";
inline constexpr char kSelectId[] = "SELECT id FROM document WHERE number = ?1";
inline constexpr char kSelectContent[] = "SELECT bytes FROM content WHERE document = ?1";

inline constexpr char kDeleteDocument[] = "DELETE FROM document WHERE id = ?1 RETURNING number";

// Numbers of documents below a number, the largest first; the last value limits how many.
inline constexpr char kListAll[] =
    "SELECT number FROM document WHERE number < ?1 ORDER BY number DESC LIMIT ?2";
inline constexpr char kListByIndicator[] = R"(
    SELECT DISTINCT document FROM series
    WHERE indicator = (SELECT number FROM name WHERE text = ?1) AND document < ?2
    ORDER BY document DESC LIMIT ?3)";
inline constexpr char kListByRefArea[] = R"(
    SELECT DISTINCT document FROM series
    WHERE ref_area = (SELECT number FROM name WHERE text = ?1) AND document < ?2
    ORDER BY document DESC LIMIT ?3)";
inline constexpr char kListByBoth[] = R"(
    SELECT document FROM series
    WHERE indicator = (SELECT number FROM name WHERE text = ?1)
      AND ref_area = (SELECT number FROM name WHERE text = ?2) AND document < ?3
    ORDER BY document DESC LIMIT ?4)";

// Latest days and numbers of the documents that state a series, the latest first.
inline constexpr char kHistoryOfSeries[] = R"(
    SELECT latest_day, document FROM series
    WHERE indicator = (SELECT number FROM name WHERE text = ?1)
      AND ref_area = (SELECT number FROM name WHERE text = ?2)
      AND latest_day <= ?3
      AND NOT EXISTS (SELECT 1 FROM document WHERE number = series.document AND sha256 = ?4)
    ORDER BY latest_day DESC, document DESC)";

inline constexpr char kLastNumber[] = "SELECT max(number) FROM document";

}  // namespace crossfoot::store

#endif  // CROSSFOOT_SERVICES_STORE_SQLITE_QUERIES_H_
