# Reads every table of a data package with readr, with the column types that frictionless-r derives from a Table
# Schema, and prints the columns as JSON: times as seconds since 1970, blanks as null. Cells that readr could not parse
# are printed to stderr and end the script with 1.

path <- commandArgs(trailingOnly = TRUE)[1]
package <- jsonlite::read_json(path)

collector <- function(field) {
  format <- if (is.null(field$format)) "default" else field$format
  levels <- unlist(field$constraints$enum)
  switch(field$type,
    string = if (is.null(levels)) readr::col_character() else readr::col_factor(levels = levels),
    number = readr::col_double(),
    integer = readr::col_double(),
    boolean = readr::col_logical(),
    date = readr::col_date(if (format == "default") "%Y-%m-%d" else format),
    datetime = readr::col_datetime(if (format == "default") "" else format)
  )
}

read_table <- function(resource) {
  schema <- jsonlite::read_json(file.path(dirname(path), resource$schema))
  columns <- vapply(schema$fields, function(field) field$name, "")
  readr::read_delim(
    file.path(dirname(path), resource$path),
    delim = resource$dialect$delimiter,
    quote = resource$dialect$quoteChar,
    escape_double = resource$dialect$doubleQuote,
    col_names = columns,
    col_types = setNames(lapply(schema$fields, collector), columns),
    locale = readr::locale(encoding = resource$encoding, decimal_mark = ".", grouping_mark = ""),
    na = unlist(schema$missingValues),
    trim_ws = resource$dialect$skipInitialSpace,
    skip = 1,
    progress = FALSE
  )
}

plain <- function(column) {
  if (inherits(column, "POSIXct")) as.numeric(column)
  else if (is.factor(column) || inherits(column, "Date")) as.character(column)
  else column
}

tables <- suppressWarnings(lapply(package$resources, read_table))
unread <- do.call(rbind, lapply(tables, function(table) as.data.frame(readr::problems(table))))
if (nrow(unread) > 0) {
  write.csv(unread[c("row", "col", "expected", "actual")], stderr(), row.names = FALSE)
  quit(status = 1)
}
names(tables) <- vapply(package$resources, function(resource) resource$name, "")
cat(jsonlite::toJSON(lapply(tables, function(table) lapply(table, plain)), na = "null", digits = NA))
