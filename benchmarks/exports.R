# Reads what `diplograph export` wrote for R, as a user of each package would.
#
# usage: Rscript exports.R FOLDER [GOLDFISH_SOURCE]
#
# FOLDER holds relevent/, goldfish/, panel.csv and matrix.csv. Needs relevent, sna and network. Goldfish is
# used if it is installed; otherwise its own functions that make and check data are read from its source.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
told <- function(...) cat("-", ..., "\n")

# relevent: an ordinal model of the first 400 visits among their actors.
events <- read.csv(file.path(folder, "relevent", "events.csv"))
nodes <- read.csv(file.path(folder, "relevent", "nodes.csv"))
edges <- as.matrix(events[, 1:3])
stopifnot(is.numeric(edges), !is.unsorted(edges[, 1]), all(edges[, 2:3] %in% nodes$id), edges[, 2] != edges[, 3])
stopifnot(nodes$label[events$sender] == events$sender_code, nodes$label[events$receiver] == events$receiver_code)
first <- head(events, 400)
actors <- sort(unique(c(first$sender, first$receiver)))
part <- cbind(first$order, match(first$sender, actors), match(first$receiver, actors))
suppressMessages(library(relevent))
model <- rem.dyad(part, n = length(actors), effects = c("PSAB-BA", "RRecSnd"), ordinal = TRUE, hessian = TRUE, verbose = FALSE)
stopifnot(all(is.finite(model$coef)), length(model$coef) == 2)
told("relevent", as.character(packageVersion("relevent")), "fitted", nrow(part), "of", nrow(edges), "events among", length(actors),
  "actors: PSAB-BA", round(model$coef["PSAB-BA"], 2), "RRecSnd", round(model$coef["RRecSnd"], 2))

# goldfish: nodes, a network, events linked to it, dependent events.
if (requireNamespace("goldfish", quietly = TRUE)) {
  library(goldfish)
} else {
  sources <- c("utils.R", "class_checks.R", "make_data.R")
  for (name in sources) source(file.path(arguments[2], "R", name))
}
states <- read.csv(file.path(folder, "goldfish", "nodes.csv"))
visits <- read.csv(file.path(folder, "goldfish", "events.csv"))
# The package refuses columns that it does not know.
visits <- visits[, 1:4]
visits$time <- as.POSIXct(visits$time, tz = "UTC")
stopifnot(is.logical(states$present), !is.unsorted(visits$time))
actors <- make_nodes(states)
network <- make_network(nodes = actors, directed = TRUE)
network <- link_events(network, visits, nodes = actors)
dependent <- make_dependent_events(visits, nodes = actors, default_network = network)
told("goldfish takes", nrow(dependent), "dependent events among", nrow(actors), "states:", paste(class(dependent), collapse = ", "))

# The panel merges by the keys of peacesciencer, and each key stands once.
panel <- read.csv(file.path(folder, "panel.csv"), na.strings = "")
keys <- c("ccode1", "ccode2", "year")
known <- panel[!is.na(panel$ccode1) & !is.na(panel$ccode2), ]
stopifnot(sapply(panel[keys], is.integer), known$ccode1 < known$ccode2, !duplicated(known[keys]))
theirs <- unique(known[keys])
theirs$mine <- seq_len(nrow(theirs))
stopifnot(nrow(merge(known, theirs, by = keys)) == nrow(known))
told("panel:", nrow(panel), "rows,", nrow(known), "with both COW codes, each key once,",
  sum(panel$visits_1to2 + panel$visits_2to1), "visits")

# The matrix is square and is a network for sna and network.
cells <- as.matrix(read.csv(file.path(folder, "matrix.csv"), row.names = 1, check.names = FALSE))
stopifnot(is.numeric(cells), nrow(cells) == ncol(cells), rownames(cells) == colnames(cells), diag(cells) == 0)
made <- network::network(cells, directed = TRUE, ignore.eval = FALSE, names.eval = "visits")
told("matrix:", nrow(cells), "states,", sum(cells), "visits; sna::grecip (dyadic)", round(sna::grecip(cells > 0), 3),
  "; network of", network::network.edgecount(made), "edges")
stopifnot(sum(cells) >= nrow(events))
