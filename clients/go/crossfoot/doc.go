// Package crossfoot calls a Crossfoot server, which proves the figures of published reports against each other.
//
//	client, err := crossfoot.NewClient("https://figures.example.org:443", crossfoot.WithToken(token))
//	if err != nil {
//		return err
//	}
//	defer client.Close()
//	result, err := client.CheckFile(ctx, "report.txt", nil)
//	if err != nil {
//		return err
//	}
//	for _, finding := range result.GetFindings() {
//		fmt.Println(finding.GetRuleId(), finding.GetMessage())
//	}
//
// Requests and results are the generated messages of crossfoot.dev/api/crossfoot/v1.  A report that contradicts itself
// is a result with findings.  A call that could not be answered is an *Error.
package crossfoot
