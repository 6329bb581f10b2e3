-- The mark of a running job names the node that runs it. Before, there was one node: this one.
UPDATE entry SET owner = '*' || '${node}' WHERE kind = 5 AND owner = '*';
